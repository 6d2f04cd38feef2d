package io.stateward.cache;

import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerWeather;
import java.util.Map;

/**
 * What can happen to a layer in memory.
 *
 * @param layer the layer
 */
public record MemoryWeather(MemoryLayer layer) implements LayerWeather {

  @Override
  public void flush() {
    layer.flush();
  }

  @Override
  public void evict(String cache, String key) {
    layer.evict(cache, key);
  }

  @Override
  public Runnable replica() {
    Map<String, MemoryState> dump = layer.dump();
    return new Runnable() {
      @Override
      public void run() {
        layer.failOver(dump);
      }

      @Override
      public String toString() {
        return dump.toString();
      }
    };
  }

  @Override
  public void disconnect(LayerSession session) {
    MemoryLayer.withConnection(session, MemoryConnection::disconnect);
  }

  @Override
  public void reconnect(LayerSession session) {
    MemoryLayer.withConnection(session, MemoryConnection::reconnect);
  }

  @Override
  public void loseAnswer(LayerSession session) {
    MemoryLayer.withConnection(session, connection -> connection.loseAnswers(1));
  }
}
