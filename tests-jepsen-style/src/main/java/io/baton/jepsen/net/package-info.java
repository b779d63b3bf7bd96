/** Faults of the network between processes, made by proxies on the loopback interface. */
@NullMarked
package io.baton.jepsen.net;

import org.jspecify.annotations.NullMarked;
