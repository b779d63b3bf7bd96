@NullMarked
package io.baton.agent;

import org.jspecify.annotations.NullMarked;
