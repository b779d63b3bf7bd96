package io.baton.coordinator.service;

import io.baton.coordinator.state.HistoryEvent;

/** Where a node says what happens, one line each. Called on the core thread. */
public interface Journal {
  /** A change was applied. */
  void changed(HistoryEvent event);

  /** Something about this node itself: leadership, suspicion, stepping down. */
  void said(String line);

  /** Says nothing. */
  Journal SILENT =
      new Journal() {
        @Override
        public void changed(HistoryEvent event) {}

        @Override
        public void said(String line) {}
      };
}
