package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.proto.v1.Group;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;

/** What a create or an update would be answered now; nothing is done. */
final class GroupTrial {
  private GroupTrial() {}

  /** Core thread. Ends the call: with the group as it would be stored, or with the refusal. */
  static <R> void run(
      Api api,
      Command command,
      String name,
      GroupSpec spec,
      Function<Group, R> response,
      StreamObserver<R> out) {
    api.read(
        true,
        view -> Optional.ofNullable(view.state().refusal(command)),
        Answer.<Optional<Outcome.Rejected>>then(
            out,
            refusal ->
                refusal.ifPresentOrElse(
                    why -> out.onError(Errors.of(why)),
                    () ->
                        Answer.send(
                            out,
                            response.apply(
                                Group.newBuilder()
                                    .setName(name)
                                    .setSpec(SpecCodec.encode(spec))
                                    .build())))));
  }
}
