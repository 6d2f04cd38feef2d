package io.stateward.examples;

import io.stateward.signal.Subscription;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * An example that is pages and streams, which the launcher's own server serves.
 *
 * <p><b>Thread safety.</b> Handlers that it adds to the routes are called by many threads.
 *
 * @since 0.1
 */
public interface RoutedApplication extends Application {

  /**
   * Starts it.
   *
   * @param routes takes what it serves
   * @param data a folder of its own for what it keeps; it need not exist, and need not be writable
   * @return what ends everything that this call has started; the server has ended its streams
   *     before that
   * @throws CannotStartException if something that it needs is not to be had
   */
  Subscription start(Routes routes, Path data);

  @Override
  default Running serve(int port, Path data) throws IOException {
    Routes routes = new Routes();
    Subscription work = start(routes, data);
    try {
      LocalServer server = LocalServer.start(port, routes);
      return running(server.address(), server, work);
    } catch (IOException e) {
      work.close();
      throw e;
    }
  }

  private static Running running(URI address, LocalServer server, Subscription work) {
    return new Running() {
      @Override
      public String place() {
        return address.toString();
      }

      @Override
      public void close() {
        server.close();
        work.close();
      }
    };
  }
}
