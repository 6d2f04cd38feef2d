package io.stateward.sync.protocol;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the objects that {@link Frames} reads. */
final class FrameWriter {

  private final TreeObject.Builder builder = TreeObject.builder();

  private FrameWriter(String kind) {
    with("t", kind);
  }

  static TreeObject tree(Frame frame) {
    if (frame instanceof Frame.Update is) {
      return update(new FrameWriter("update").with("doc", is.document()), is).builder.build();
    } else if (frame instanceof Frame.OfClient is) {
      return ofClient(is).builder.build();
    }
    return ofHub((Frame.OfHub) frame).builder.build();
  }

  private static FrameWriter ofClient(Frame.OfClient frame) {
    if (frame instanceof Frame.Mutate is) {
      return new FrameWriter("mutate")
          .with("doc", is.document())
          .with("epoch", is.epoch())
          .with("id", is.id())
          .with("base", is.base())
          .with("after", is.afterRejection())
          .with("change", is.change());
    } else if (frame instanceof Frame.Hello is) {
      List<Tree> versions = new ArrayList<>();
      is.versions().forEach(version -> versions.add(Tree.of((long) version)));
      return new FrameWriter("hello")
          .with("versions", Tree.array(versions))
          .with("client", is.client())
          .with("key", is.key())
          .withAny("with", is.credentials());
    } else if (frame instanceof Frame.Subscribe is) {
      return new FrameWriter("subscribe")
          .with("doc", is.document())
          .with("type", is.type())
          .at(is.at())
          .withAny("anew", is.anew() ? Tree.of(true) : null);
    } else if (frame instanceof Frame.Unsubscribe is) {
      return new FrameWriter("unsubscribe").with("doc", is.document());
    } else if (frame instanceof Frame.Share is) {
      return new FrameWriter("share").with("doc", is.document()).with("state", is.state());
    } else if (frame instanceof Frame.AskHistory is) {
      return new FrameWriter("ask-history")
          .with("doc", is.document())
          .with("after", is.after())
          .with("until", is.until());
    }
    return heartbeat(frame);
  }

  private static FrameWriter ofHub(Frame.OfHub frame) {
    if (frame instanceof Frame.Acknowledged is) {
      return new FrameWriter("ack")
          .with("doc", is.document())
          .with("id", is.id())
          .with("seq", is.sequence())
          .with("level", is.level() == Level.DURABLE ? "durable" : "applied")
          .withAny("change", is.change());
    } else if (frame instanceof Frame.Presence is) {
      return new FrameWriter("presence")
          .with("doc", is.document())
          .with("client", is.client())
          .with("state", is.state());
    } else if (frame instanceof Frame.Rejected is) {
      return new FrameWriter("rejected")
          .with("doc", is.document())
          .with("id", is.id())
          .with("code", is.code())
          .with("reason", is.reason())
          .withAny("current", is.current());
    } else if (frame instanceof Frame.Snapshot is) {
      return new FrameWriter("snapshot")
          .with("doc", is.document())
          .at(is.at())
          .with("last", is.last())
          .with("refused", is.refused())
          .with("state", is.state());
    } else if (frame instanceof Frame.Resumed is) {
      return new FrameWriter("resumed")
          .with("doc", is.document())
          .at(is.at())
          .with("last", is.last())
          .with("refused", is.refused());
    }
    return rarely(frame);
  }

  private static FrameWriter rarely(Frame.OfHub frame) {
    if (frame instanceof Frame.Welcome is) {
      return new FrameWriter("welcome")
          .with("version", is.version())
          .with("session", is.session())
          .with("heartbeat", is.heartbeatMillis())
          .with("largest", is.largestFrame())
          .with("frames", is.waitingFrames())
          .with("characters", is.waitingCharacters());
    } else if (frame instanceof Frame.Lapsed is) {
      return new FrameWriter("lapsed")
          .with("doc", is.document())
          .with("code", is.code())
          .with("reason", is.reason())
          .with("retry", is.retryMillis());
    } else if (frame instanceof Frame.History is) {
      FrameWriter writer =
          new FrameWriter("history").with("doc", is.document()).with("after", is.after());
      List<Frame.Update> events = is.events();
      return events == null ? writer : writer.with("events", events(events));
    } else if (frame instanceof Frame.Failure is) {
      FrameWriter writer = new FrameWriter("error");
      String document = is.document();
      return (document == null ? writer : writer.with("doc", document))
          .with("code", is.code())
          .with("reason", is.reason());
    }
    return heartbeat(frame);
  }

  private static FrameWriter heartbeat(Frame frame) {
    if (frame instanceof Frame.Ping is) {
      return new FrameWriter("ping").with("n", is.number());
    }
    return new FrameWriter("pong").with("n", ((Frame.Pong) frame).number());
  }

  private static Tree events(List<Frame.Update> updates) {
    List<Tree> events = new ArrayList<>();
    updates.forEach(each -> events.add(update(new FrameWriter(), each).builder.build()));
    return Tree.array(events);
  }

  private static FrameWriter update(FrameWriter writer, Frame.Update is) {
    return writer
        .with("seq", is.sequence())
        .with("client", is.client())
        .with("id", is.id())
        .with("base", is.base())
        .with("change", is.change());
  }

  private FrameWriter() {}

  private FrameWriter with(String name, String text) {
    builder.add(name, Tree.of(text));
    return this;
  }

  private FrameWriter with(String name, long number) {
    builder.add(name, Tree.of(number));
    return this;
  }

  private FrameWriter with(String name, Tree value) {
    builder.add(name, value);
    return this;
  }

  private FrameWriter withAny(String name, @Nullable Tree value) {
    return value == null ? this : with(name, value);
  }

  private FrameWriter at(@Nullable Position at) {
    return at == null ? this : with("epoch", at.epoch()).with("seq", at.sequence());
  }
}
