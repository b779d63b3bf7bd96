package io.baton.cli.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table with borders of plain characters, one line a row, never wrapped.
 *
 * @param <T> a row's type
 */
final class Table<T> {
  private record Cell<T>(String header, HorizontalAlign align, Function<T, Object> value) {}

  private final List<Cell<T>> cells = new ArrayList<>();

  /** A column of words. */
  Table<T> text(String header, Function<T, Object> value) {
    cells.add(new Cell<>(header, HorizontalAlign.LEFT, value));
    return this;
  }

  /** A column of quantities. */
  Table<T> number(String header, Function<T, Object> value) {
    cells.add(new Cell<>(header, HorizontalAlign.RIGHT, value));
    return this;
  }

  /** Lines that end without a line break. */
  String render(List<T> rows) {
    String[][] data =
        rows.stream()
            .map(row -> cells.stream().map(cell -> oneLine(cell, row)).toArray(String[]::new))
            .toArray(String[][]::new);
    Column[] columns =
        cells.stream()
            .map(
                cell ->
                    new Column()
                        .header(cell.header())
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(cell.align())
                        .maxWidth(1_000))
            .toArray(Column[]::new);
    return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, data);
  }

  private String oneLine(Cell<T> cell, T row) {
    return Words.printable(String.valueOf(cell.value().apply(row)));
  }
}
