@NullMarked
package io.baton.agent.health;

import org.jspecify.annotations.NullMarked;
