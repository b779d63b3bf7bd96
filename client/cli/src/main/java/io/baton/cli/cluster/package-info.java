/** The way to the cluster: which coordinator to ask, when to ask again, how to follow events. */
@NullMarked
package io.baton.cli.cluster;

import org.jspecify.annotations.NullMarked;
