package dev.penstock.feature.internal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The stored form of a row: what the view's slots hold of it. Times and position are its address.
 */
final class RowCodec {
  private final List<ViewPlan.Slot> slots;

  /** The slots that need to be stored, by index. */
  private final int[] stored;

  RowCodec(ViewPlan plan) {
    slots = plan.slots();
    stored =
        IntStream.range(0, slots.size())
            .filter(slot -> slots.get(slot).kind() != SlotKind.EVERY)
            .toArray();
  }

  byte[] write(Rows rows, int row, ByteSink out) {
    out.clear();
    out.oneByte(StateMeta.FORMAT_VERSION);
    int bits = 0;
    for (int i = 0; i < stored.length; i++) {
      bits |= rows.slots[stored[i]].isPresent(row) ? 1 << (i & 7) : 0;
      if ((i & 7) == 7 || i == stored.length - 1) {
        out.oneByte(bits);
        bits = 0;
      }
    }
    for (int slot : stored) {
      if (rows.slots[slot].isPresent(row)) {
        ValueCodec.write(slots.get(slot).type(), rows.slots[slot], row, out);
      }
    }
    return out.toBytes();
  }

  void read(ByteSource in, Rows rows, int row) {
    StateMeta.requireVersion(in.oneByte());
    int bits = 0;
    for (int i = 0; i < stored.length; i++) {
      if ((i & 7) == 0) {
        bits = in.oneByte();
      }
      if ((bits & 1 << (i & 7)) != 0) {
        rows.slots[stored[i]].setPresent(row);
      } else {
        rows.slots[stored[i]].setAbsent(row);
      }
    }
    for (int slot : stored) {
      if (rows.slots[slot].isPresent(row)) {
        ValueCodec.read(slots.get(slot).type(), in, rows.slots[slot], row);
      }
    }
  }
}
