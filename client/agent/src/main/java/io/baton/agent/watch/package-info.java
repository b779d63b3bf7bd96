/**
 * Who is active in a group and where, for processes that are no members: routers, side-cars,
 * clients.
 */
@NullMarked
package io.baton.agent.watch;

import org.jspecify.annotations.NullMarked;
