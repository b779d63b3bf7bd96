/**
 * What an operator sets, parsed and validated once: flag before environment before file before
 * default.
 */
@NullMarked
package io.baton.coordinator.config;

import org.jspecify.annotations.NullMarked;
