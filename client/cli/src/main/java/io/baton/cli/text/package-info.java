/** What people read: tables, times, the status screen. Pure. */
@NullMarked
package io.baton.cli.text;

import org.jspecify.annotations.NullMarked;
