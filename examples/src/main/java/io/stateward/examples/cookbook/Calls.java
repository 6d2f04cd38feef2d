package io.stateward.examples.cookbook;

import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.flow.SingleFlight;
import io.stateward.flow.Task;
import io.stateward.flow.Work;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Work that can be started and cancelled, and rules around it. */
final class Calls {

  private Calls() {}

  // tag: api
  /** A service that blocks, and fails now and then. */
  interface Api {
    User user(long id) throws IOException;
  }

  // end

  static Call<Long, User> call(Executor executor, Api api) {
    // tag: call
    Call<Long, User> fetchUser = Call.blocking(executor, api::user);
    // end
    return fetchUser;
  }

  static Task<User> start(Call<Long, User> fetchUser, Scope page, Consumer<String> show) {
    // tag: start
    Task<User> task = fetchUser.start(7L, page.cancellation());
    task.onEnd(
        outcome ->
            show.accept(
                outcome.fold(User::name, failure -> "failed: " + failure.getMessage(), no -> "")));
    // end
    return task;
  }

  static Call<Long, User> persistent(Call<Long, User> fetchUser, Timekeeper timekeeper) {
    // tag: retry
    Retry retry =
        Retry.after(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
            .attempts(5)
            .onlyIf(failure -> failure instanceof IOException)
            .timekeeper(timekeeper);
    Call<Long, User> persistent =
        fetchUser
            .timeout(Duration.ofSeconds(5), timekeeper) // each attempt
            .retrying(retry)
            .timeout(Duration.ofMinutes(1), timekeeper); // all of them together
    // end
    return persistent;
  }

  static User here(Retry retry, Callable<User> work) throws Exception {
    // tag: here
    User user = retry.call(work); // on this thread, which waits in between
    // end
    return user;
  }

  static SingleFlight<Long, User> shared(Scope page, Call<Long, User> fetchUser) {
    // tag: shared
    SingleFlight<Long, User> users = page.own(SingleFlight.of("users", fetchUser));
    // end
    return users;
  }

  static Task<User> both(SingleFlight<Long, User> users) {
    // tag: both
    Task<User> mine = users.start(7L);
    Task<User> yours = users.start(7L); // one request for both
    mine.cancel(); // which goes on, since you still want it
    // end
    return yours;
  }

  static Task<Integer> until(Signal<Integer> stock, Timekeeper timekeeper) {
    // tag: until
    Task<Integer> enough =
        Call.until(stock).timeout(Duration.ofMinutes(5), timekeeper).start(count -> count >= 10);
    // end
    return enough;
  }

  static Call<Long, User> spelledOut(Executor executor, Timekeeper timekeeper) {
    // tag: lambda
    Work<Long, User> work = id -> new User("user " + id, new Address("", ""));
    Call<Long, User> fetchUser =
        Call.blocking(executor, work).timeout(Duration.ofSeconds(5), timekeeper);
    // end
    return fetchUser;
  }
}
