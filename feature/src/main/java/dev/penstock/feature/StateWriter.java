package dev.penstock.feature;

/**
 * A store that can be written. Reads see the writes made before through the same writer, also those
 * not yet committed; a cursor that is open while its range is written may show either.
 */
public interface StateWriter extends StateReader {
  void put(byte[] address, byte[] value);

  void delete(byte[] address);
}
