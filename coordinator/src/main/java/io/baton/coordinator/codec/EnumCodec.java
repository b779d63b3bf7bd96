package io.baton.coordinator.codec;

import java.util.EnumMap;
import java.util.Map;

/**
 * Turns one of our enums into its counterpart on disk, whose constants are ours behind a prefix. A
 * constant without a counterpart fails the first use of the class, not the first write of the
 * constant.
 */
final class EnumCodec<J extends Enum<J>, P extends Enum<P>> {
  private final Map<J, P> toProto;
  private final Map<P, J> fromProto;

  EnumCodec(Class<J> ours, Class<P> proto, String prefix) {
    toProto = new EnumMap<>(ours);
    fromProto = new EnumMap<>(proto);
    for (J constant : ours.getEnumConstants()) {
      P counterpart = Enum.valueOf(proto, prefix + constant.name());
      toProto.put(constant, counterpart);
      fromProto.put(counterpart, constant);
    }
  }

  P encode(J constant) {
    P proto = toProto.get(constant);
    if (proto == null) {
      throw new IllegalArgumentException("no counterpart of " + constant);
    }
    return proto;
  }

  J decode(P proto) throws CorruptDataException {
    J constant = fromProto.get(proto);
    if (constant == null) {
      throw new CorruptDataException("unknown constant " + proto);
    }
    return constant;
  }
}
