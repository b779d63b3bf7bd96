/** What a run under faults looked like: a model of it, and one page of HTML to read it on. */
@NullMarked
package io.baton.jepsen.report;

import org.jspecify.annotations.NullMarked;
