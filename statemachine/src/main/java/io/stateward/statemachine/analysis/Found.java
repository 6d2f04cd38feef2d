package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Node;
import java.util.ArrayList;
import java.util.List;

/** What was found so far. */
final class Found {

  private final Facts facts;
  private final Reach reach;
  private final List<Finding> findings = new ArrayList<>();

  Found(Facts facts, Reach reach) {
    this.facts = facts;
    this.reach = reach;
  }

  /** Adds a finding; what the W3C allows is no error where its rules hold to the letter. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  void add(Rule rule, List<Node> about, String text, Object... values) {
    Severity severity = facts.chart.strict() ? Severity.WARNING : rule.severity();
    findings.add(
        new Finding(
            severity,
            rule,
            about.stream().map(Node::name).toList(),
            about.isEmpty() ? null : reach.path(about.get(0)),
            text.formatted(values)));
  }

  /** Returns the findings, errors first. */
  List<Finding> all() {
    return findings.stream()
        .sorted(java.util.Comparator.comparing(Finding::severity).thenComparing(Finding::rule))
        .toList();
  }
}
