@NullMarked
package io.baton.coordinator.storage;

import org.jspecify.annotations.NullMarked;
