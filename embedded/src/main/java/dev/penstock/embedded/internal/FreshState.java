package dev.penstock.embedded.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import dev.penstock.online.NothingStored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state that was begun anew: the disk need not be asked before something was written to it. */
final class FreshState implements StateReader {
  private final StateReader stored;
  private StateReader current = NothingStored.INSTANCE;

  FreshState(StateReader stored) {
    this.stored = stored;
  }

  /** From now on there may be something on disk. */
  void written() {
    current = stored;
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    return current.get(address);
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    return current.getAll(addresses);
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return current.scan(from, to);
  }
}
