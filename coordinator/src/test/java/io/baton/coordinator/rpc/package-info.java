@NullMarked
package io.baton.coordinator.rpc;

import org.jspecify.annotations.NullMarked;
