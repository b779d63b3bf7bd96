@NullMarked
package io.baton.agent.protocol;

import org.jspecify.annotations.NullMarked;
