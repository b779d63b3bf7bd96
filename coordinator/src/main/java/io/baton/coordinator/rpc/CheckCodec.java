package io.baton.coordinator.rpc;

import io.baton.coordinator.state.GroupCheck;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CheckList;
import io.baton.proto.v1.CommandCheck;
import io.baton.proto.v1.DiskCheck;
import io.baton.proto.v1.GrpcCheck;
import io.baton.proto.v1.HttpCheck;
import io.baton.proto.v1.TcpCheck;
import java.util.List;

/** The checks of a group's spec, between wire and state. */
final class CheckCodec {
  private static final String FIELD = "spec.checks.";

  private CheckCodec() {}

  static List<Check> encode(List<GroupCheck> checks) {
    return checks.stream().map(CheckCodec::encode).toList();
  }

  private static Check encode(GroupCheck check) {
    List<String> target = check.target();
    Check.Builder wire =
        Check.newBuilder()
            .setName(check.name())
            .setIntervalMillis(check.intervalMillis())
            .setTimeoutMillis(check.timeoutMillis())
            .setRise(check.rise())
            .setFall(check.fall());
    switch (check.kind()) {
      case HTTP -> wire.setHttp(HttpCheck.newBuilder().setUrl(target.get(0)));
      case TCP -> wire.setTcp(TcpCheck.newBuilder().setAddress(target.get(0)));
      case GRPC ->
          wire.setGrpc(
              GrpcCheck.newBuilder()
                  .setAddress(target.get(0))
                  .setService(target.size() < 2 ? "" : target.get(1)));
      case DISK ->
          wire.setDisk(
              DiskCheck.newBuilder().setPath(target.get(0)).setMinFreeBytes(check.minFreeBytes()));
      case COMMAND -> wire.setCommand(CommandCheck.newBuilder().addAllArgv(target));
    }
    return wire.build();
  }

  /** What is 0 takes its default. */
  static List<GroupCheck> decode(CheckList checks) {
    return checks.getChecksList().stream().map(CheckCodec::decode).toList();
  }

  private static GroupCheck decode(Check check) {
    String path = FIELD + check.getName() + ".";
    long interval = Checks.number(path + "interval_millis", check.getIntervalMillis());
    long timeout = Checks.number(path + "timeout_millis", check.getTimeoutMillis());
    int rise = Checks.number(path + "rise", check.getRise());
    int fall = Checks.number(path + "fall", check.getFall());
    return new GroupCheck(
        check.getName(),
        kind(path, check),
        target(check),
        Checks.number(path + "min_free_bytes", check.getDisk().getMinFreeBytes()),
        interval == 0 ? GroupCheck.DEFAULT_INTERVAL_MILLIS : interval,
        timeout == 0 ? GroupCheck.DEFAULT_TIMEOUT_MILLIS : timeout,
        rise == 0 ? GroupCheck.DEFAULT_RISE : rise,
        fall == 0 ? GroupCheck.DEFAULT_FALL : fall);
  }

  private static GroupCheck.Kind kind(String path, Check check) {
    return switch (check.getKindCase()) {
      case HTTP -> GroupCheck.Kind.HTTP;
      case TCP -> GroupCheck.Kind.TCP;
      case GRPC -> GroupCheck.Kind.GRPC;
      case DISK -> GroupCheck.Kind.DISK;
      case COMMAND -> GroupCheck.Kind.COMMAND;
      case KIND_NOT_SET -> throw InvalidRequest.field(path + "kind", "is missing");
    };
  }

  private static List<String> target(Check check) {
    return switch (check.getKindCase()) {
      case HTTP -> List.of(check.getHttp().getUrl());
      case TCP -> List.of(check.getTcp().getAddress());
      case GRPC -> grpc(check.getGrpc());
      case DISK -> List.of(check.getDisk().getPath());
      case COMMAND -> check.getCommand().getArgvList();
      case KIND_NOT_SET -> List.of();
    };
  }

  private static List<String> grpc(GrpcCheck check) {
    return check.getService().isEmpty()
        ? List.of(check.getAddress())
        : List.of(check.getAddress(), check.getService());
  }
}
