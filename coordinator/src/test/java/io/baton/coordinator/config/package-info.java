@NullMarked
package io.baton.coordinator.config;

import org.jspecify.annotations.NullMarked;
