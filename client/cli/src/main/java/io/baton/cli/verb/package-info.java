/** The verbs, one class each. The only package that knows picocli. */
@NullMarked
package io.baton.cli.verb;

import org.jspecify.annotations.NullMarked;
