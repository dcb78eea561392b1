package dev.penstock.embedded.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes as a key of maps: equal by content, ordered as unsigned bytes. */
final class Address implements Comparable<Address> {
  final byte[] bytes;
  private final int hash;

  Address(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  @Override
  public int compareTo(Address other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address address
        && hash == address.hash
        && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
