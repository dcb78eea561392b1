package dev.penstock.online;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state without any row. */
public final class NothingStored implements StateReader {
  public static final NothingStored INSTANCE = new NothingStored();

  private static final byte[] NO_BYTES = {};

  private NothingStored() {}

  @Override
  public byte @Nullable [] get(byte[] address) {
    return null;
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    return new ArrayList<>(Collections.nCopies(addresses.size(), null));
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new StateCursor() {
      @Override
      public boolean next() {
        return false;
      }

      @Override
      public byte[] address() {
        return NO_BYTES;
      }

      @Override
      public byte[] value() {
        return NO_BYTES;
      }

      @Override
      public void close() {}
    };
  }
}
