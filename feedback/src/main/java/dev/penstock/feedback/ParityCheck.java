package dev.penstock.feedback;

/**
 * The latest check of parity.
 *
 * @param micros when it was made
 * @param summary what it found
 * @param servedSince how many answers were served since, and are not checked yet
 */
public record ParityCheck(long micros, ParitySummary summary, long servedSince) {}
