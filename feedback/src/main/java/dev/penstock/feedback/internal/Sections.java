package dev.penstock.feedback.internal;

import dev.penstock.feedback.Lineage;
import dev.penstock.feedback.LoopReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a report: first how the model does, then why it can be trusted, then the rest.
 */
final class Sections {
  private Sections() {}

  static List<Section> of(LoopReport loop) {
    List<Section> sections = new ArrayList<>(ServiceSections.of(loop));
    sections.addAll(ModelSections.of(loop));
    sections.addAll(TrustSections.of(loop));
    sections.addAll(DataSections.of(loop));
    if (!loop.latencies().isEmpty()) {
      sections.add(ServiceSections.latency(loop.latencies()));
    }
    if (!loop.stages().isEmpty()) {
      sections.add(DataSections.stages(loop.stages()));
    }
    Lineage lineage = loop.lineage();
    if (lineage != null && !lineage.nodes().isEmpty()) {
      sections.add(ServiceSections.lineage(lineage));
    }
    return sections;
  }
}
