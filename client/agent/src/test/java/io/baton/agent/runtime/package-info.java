@NullMarked
package io.baton.agent.runtime;

import org.jspecify.annotations.NullMarked;
