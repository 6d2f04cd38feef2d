package io.stateward.redis.internal;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What opens connections to a Redis. */
public interface Wire {

  /** Opens a connection for questions. Fails with a message that has no password in it. */
  CompletionStage<Line> line();

  /** Opens a connection for messages. */
  CompletionStage<Ear> ear();

  /** Runs something later, on a thread that must not be blocked. */
  void later(Duration delay, Runnable work);

  /** Says where it is, without a password. */
  String where();
}
