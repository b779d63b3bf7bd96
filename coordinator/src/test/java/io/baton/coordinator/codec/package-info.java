@NullMarked
package io.baton.coordinator.codec;

import org.jspecify.annotations.NullMarked;
