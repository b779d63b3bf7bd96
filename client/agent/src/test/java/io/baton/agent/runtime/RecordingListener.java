package io.baton.agent.runtime;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers its calls. */
class RecordingListener implements RoleListener {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable Lease lease;

  @Override
  public void onActive(Lease granted) throws Exception {
    lease = granted;
    calls.add("active " + granted.epoch());
  }

  @Override
  public void onPassive(Cause cause) throws Exception {
    calls.add("passive " + cause);
  }

  final void note(String call) {
    calls.add(call);
  }

  final List<String> calls() {
    return calls;
  }

  final @Nullable Lease lease() {
    return lease;
  }
}
