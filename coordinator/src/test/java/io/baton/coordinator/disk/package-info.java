@NullMarked
package io.baton.coordinator.disk;

import org.jspecify.annotations.NullMarked;
