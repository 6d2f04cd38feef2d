package io.stateward.sync.transport;

import io.stateward.signal.Subscription;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Line;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.spi.TransportContract;
import io.stateward.time.Timekeeper;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The network in memory")
final class MemoryNetworkContractTest extends TransportContract {

  @Override
  public Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor) {
    ExecutorService executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.DiscardPolicy()); // of what comes after the end
    MemoryNetwork network = MemoryNetwork.create(executor, Timekeeper.system(), 7);
    Subscription listening = network.listen(acceptor);
    return new Line() {
      @Override
      public Transport transport() {
        return network.transport("client");
      }

      @Override
      public Transport nowhere() {
        listening.close();
        return network.transport("client");
      }

      @Override
      public void cut() {
        network.link("client").cut();
      }

      @Override
      public void close() {
        executor.shutdownNow();
      }
    };
  }
}
