/** The proxies do what the trials rely on. */
@NullMarked
package io.baton.jepsen.net;

import org.jspecify.annotations.NullMarked;
