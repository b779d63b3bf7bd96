@NullMarked
package io.baton.coordinator;

import org.jspecify.annotations.NullMarked;
