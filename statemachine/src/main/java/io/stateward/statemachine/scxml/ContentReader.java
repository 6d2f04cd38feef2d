package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.scxml.DataModel.Condition;
import io.stateward.statemachine.scxml.DataModel.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads executable content. */
final class ContentReader {

  private final Language language;
  private final Surroundings surroundings;
  private int sends;

  ContentReader(Language language, Surroundings surroundings) {
    this.language = language;
    this.surroundings = surroundings;
  }

  /** The actions of a block: each of its own where none can fail, else one for all. */
  List<Action> block(Element parent) {
    List<Content> contents = contents(parent.children());
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Action plain = plain(parent.children().get(i), contents.get(i));
      if (plain == null) {
        return List.of(script(contents));
      }
      actions.add(plain);
    }
    return actions;
  }

  /** One action for several elements, of which the first that fails is the last that is done. */
  Action script(List<Content> contents) {
    String label = contents.stream().map(Content::label).collect(Collectors.joining("; "));
    return new Action.Script(
        label, (event, context) -> Content.runAll(contents, new Run(surroundings, event, context)));
  }

  /** What diagrams can show as it is: nothing in it is computed. */
  private @Nullable Action plain(Element element, Content content) {
    if (content instanceof Content.Raise raise) {
      ScxmlEvent event = ScxmlEvent.raised(raise.event());
      return new Action.Raise(raise.event(), (state, cause) -> event);
    }
    if (content instanceof Content.Log log && log.value() == null) {
      ScxmlLog said = new ScxmlLog(log.name(), null);
      return new Action.Emit("log", (state, cause) -> said);
    }
    if (content instanceof Content.Cancel && element.has("sendid")) {
      return new Action.Cancel(element.get("sendid"));
    }
    return content instanceof Sending sending ? plainSend(element, sending) : null;
  }

  private @Nullable Action plainSend(Element element, Sending sending) {
    if (!Set.of("event", "delay", "id").containsAll(element.attributes().keySet())
        || !element.children().isEmpty()) {
      return null;
    }
    String sendId = sending.id();
    String name = element.get("event");
    ScxmlEvent event =
        new ScxmlEvent(name, null, ScxmlEvent.Type.EXTERNAL, sendId, surroundings.address());
    long millis = element.has("delay") ? Delays.millis(element.get("delay")) : 0;
    return new Action.Send(
        sendId == null ? Sending.nameless(sending.number()) : sendId,
        (state, cause) -> millis,
        (state, cause) -> event);
  }

  List<Content> contents(List<Element> elements) {
    return elements.stream().map(this::content).toList();
  }

  private Content content(Element element) {
    return switch (element.name()) {
      case "raise" -> new Content.Raise(element.get("event"));
      case "if" -> choice(element);
      case "foreach" -> forEach(element);
      case "log" -> log(element);
      case "assign" -> assign(element);
      case "send" -> send(element);
      case "cancel" -> new Content.Cancel(need(element, "sendid", "sendidexpr"));
      default -> throw ScxmlException.at(element, "<%s> is no content.".formatted(element.name()));
    };
  }

  private Expression need(Element element, String plain, String computed) {
    Expression value = language.either(element, plain, computed);
    return value == null ? Language.literal(Tree.of(element.get(plain))) : value;
  }

  private Content choice(Element element) {
    List<Content.Branch> branches = new ArrayList<>();
    @Nullable Condition condition = language.condition(element);
    List<Content> block = new ArrayList<>();
    for (Element child : element.children()) {
      boolean otherwise = child.is("else");
      if (!otherwise && !child.is("elseif")) {
        block.add(content(child));
        continue;
      }
      if (condition == null) {
        throw ScxmlException.at(child, "<%s> follows <else>; nothing can.".formatted(child.name()));
      }
      branches.add(new Content.Branch(condition, List.copyOf(block)));
      block.clear();
      condition = otherwise ? null : language.condition(child);
    }
    branches.add(new Content.Branch(condition, List.copyOf(block)));
    return new Content.If(element.get("cond"), List.copyOf(branches));
  }

  private Content forEach(Element element) {
    language.needValues(element);
    return new Content.ForEach(
        language.expression(element, "array"),
        element.get("item"),
        element.find("index"),
        contents(element.children()));
  }

  private Content log(Element element) {
    String label = Objects.requireNonNullElse(element.find("label"), "");
    if (!element.has("expr")) {
      return new Content.Log(label, null);
    }
    // Without values, what a log says can only be what stands there.
    return new Content.Log(
        label,
        language.hasValues()
            ? language.expression(element, "expr")
            : Language.literal(Tree.of(element.get("expr"))));
  }

  private Content assign(Element element) {
    language.needValues(element);
    return new Content.Assign(
        element.get("location"),
        language.location(element, "location"),
        language.exprOrText(element));
  }

  private Content send(Element element) {
    address(element);
    if (element.has("id") && element.has("idlocation")) {
      throw ScxmlException.at(element, "<send> has both 'id' and 'idlocation'; remove one.");
    }
    return new Sending(
        sends++,
        need(element, "event", "eventexpr"),
        language.either(element, "type", "typeexpr"),
        language.either(element, "target", "targetexpr"),
        element.find("id"),
        element.has("idlocation") ? language.location(element, "idlocation") : null,
        delay(element),
        payload(element));
  }

  private @Nullable Expression delay(Element element) {
    Expression delay = language.either(element, "delay", "delayexpr");
    if (element.has("delay")) {
      try {
        Delays.millis(element.get("delay"));
      } catch (Failure e) {
        throw ScxmlException.at(
            element.line(), element.column(), String.valueOf(e.getMessage()), e);
      }
    }
    return delay;
  }

  /**
   * What is plainly meant for somebody else is refused at once, as it would be lost. Other
   * addresses that are none fail when they are used, which a document may be made for.
   */
  private static void address(Element element) {
    String target = element.attributes().getOrDefault("target", "");
    boolean known = target.equals(Sending.INTERNAL) || target.startsWith(Bindings.PREFIX);
    if (target.contains(":") || (target.startsWith("#_") && !known)) {
      throw ScxmlException.at(
          element,
          "<send> to '%s' is not supported: a machine sends to itself alone; emit the event from the host."
              .formatted(target));
    }
  }

  Payload payload(Element element) {
    List<Payload.Part> names = new ArrayList<>();
    for (String name : element.words("namelist")) {
      names.add(new Payload.Part(name, language.expression(element, "namelist", name)));
    }
    List<Payload.Part> parameters = new ArrayList<>();
    for (Element param : element.children("param")) {
      parameters.add(new Payload.Part(param.get("name"), parameter(param)));
    }
    List<Element> contents = element.children("content");
    boolean others = !names.isEmpty() || !parameters.isEmpty();
    if (contents.size() > 1 || (others && !contents.isEmpty())) {
      throw ScxmlException.at(
          element,
          "<%s> has more than one <content>, or others beside it; keep one."
              .formatted(element.name()));
    }
    Expression content = contents.isEmpty() ? null : language.exprOrText(contents.get(0));
    return new Payload(List.copyOf(names), List.copyOf(parameters), content);
  }

  private Expression parameter(Element param) {
    if (param.has("expr") == param.has("location")) {
      throw ScxmlException.at(param, "<param> needs one of 'expr' and 'location', not both.");
    }
    return language.expression(param, param.has("expr") ? "expr" : "location");
  }
}
