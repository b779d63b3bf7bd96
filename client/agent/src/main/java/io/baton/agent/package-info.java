/** The library a service embeds to take part in a group. */
@NullMarked
package io.baton.agent;

import org.jspecify.annotations.NullMarked;
