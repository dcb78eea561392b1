package dev.penstock.platform.definition;

import dev.penstock.data.Place;

/** A piece of text and where it is written, for SQL and names that are judged later. */
public record Written(String text, Place place) {
  @Override
  public String toString() {
    return text;
  }
}
