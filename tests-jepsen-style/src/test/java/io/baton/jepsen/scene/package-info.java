/** Tests of scenes. */
@NullMarked
package io.baton.jepsen.scene;

import org.jspecify.annotations.NullMarked;
