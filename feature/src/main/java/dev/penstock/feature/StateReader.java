package dev.penstock.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ordered store of bytes by address, as one view's state sees it: addresses order as unsigned
 * bytes and are relative to the view (whoever holds the store puts the view's own name before
 * them). A reader shows one moment of the store: no call sees a write that another did not.
 */
public interface StateReader {
  byte @Nullable [] get(byte[] address);

  /** The values at these addresses, in their order, null where there is none: one round trip. */
  List<byte @Nullable []> getAll(List<byte[]> addresses);

  /** What stands at the addresses {@code [from, to)}, in order. */
  StateCursor scan(byte[] from, byte[] to);
}
