/** The data directory: who owns it, what it may be trusted with, and how a file becomes durable. */
@NullMarked
package io.baton.coordinator.disk;

import org.jspecify.annotations.NullMarked;
