@NullMarked
package io.baton.coordinator.ops;

import org.jspecify.annotations.NullMarked;
