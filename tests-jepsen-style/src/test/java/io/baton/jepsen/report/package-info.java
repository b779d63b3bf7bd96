/** Tests of the page that shows a run. */
@NullMarked
package io.baton.jepsen.report;

import org.jspecify.annotations.NullMarked;
