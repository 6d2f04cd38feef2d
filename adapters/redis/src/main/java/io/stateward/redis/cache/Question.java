package io.stateward.redis.cache;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;

/** A plain command that is not sent yet, so that several are sent with one write. */
final class Question<T> extends AsyncCommand<byte[], byte[], T> {

  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

  private Question(
      CommandType type,
      CommandOutput<byte[], byte[], T> answer,
      CommandArgs<byte[], byte[]> arguments) {
    super(new Command<>(type, answer, arguments));
  }

  static Question<byte[]> get(byte[] key) {
    return new Question<>(CommandType.GET, new ValueOutput<>(CODEC), of(key));
  }

  static Question<Long> pttl(byte[] key) {
    return new Question<>(CommandType.PTTL, new IntegerOutput<>(CODEC), of(key));
  }

  /** What is none, or no string, is null in the answer, whatever the type says. */
  static Question<List<byte[]>> mget(byte[]... keys) {
    return new Question<>(
        CommandType.MGET, new ValueListOutput<>(CODEC), new CommandArgs<>(CODEC).addKeys(keys));
  }

  private static CommandArgs<byte[], byte[]> of(byte[] key) {
    return new CommandArgs<>(CODEC).addKey(key);
  }
}
