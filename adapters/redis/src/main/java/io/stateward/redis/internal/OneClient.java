package io.stateward.redis.internal;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.concurrent.CompletionStage;

/** Opens connections to one server, or to the master that sentinels tell of each time. */
final class OneClient extends Client {

  private final RedisURI uri;
  private final RedisClient client;

  OneClient(Addresses addresses) {
    super(addresses);
    this.uri = addresses.uris().get(0);
    this.client = RedisClient.create(resources, uri);
    client.setOptions(options(ClientOptions.builder()).build());
  }

  @Override
  public CompletionStage<Line> line() {
    return opened(
        "opening a connection",
        () ->
            client
                .connectAsync(ByteArrayCodec.INSTANCE, uri)
                .thenApply(
                    connection -> {
                      Line line =
                          new Line(
                              connection.async(),
                              connection::dispatch,
                              true,
                              connection::closeAsync);
                      connection.addListener(new Ending(line::end));
                      if (!connection.isOpen()) {
                        line.end(); // before it was listened to
                      }
                      return line;
                    }));
  }

  @Override
  public CompletionStage<Ear> ear() {
    return opened(
        "listening",
        () ->
            client
                .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                .thenApply(
                    connection -> {
                      Ear ear = new Ear(connection, connection::closeAsync);
                      connection.addListener(new Ending(ear::end));
                      if (!connection.isOpen()) {
                        ear.end();
                      }
                      return ear;
                    }));
  }

  @Override
  CompletionStage<Void> shutdown() {
    return client.shutdownAsync();
  }
}
