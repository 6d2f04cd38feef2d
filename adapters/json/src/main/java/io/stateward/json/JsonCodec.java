package io.stateward.json;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.UnreadableJsonException;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonProblem;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** A codec over the text that an engine reads and writes. */
record JsonCodec<T>(String schema, Options options, JsonBinding binding) implements TreeCodec<T> {

  @Override
  public byte[] encode(T value) {
    return written(value, text -> JsonText.encoded(text, options.limits(), options.stringLength()));
  }

  @Override
  public Tree toTree(T value) {
    return written(
        value, text -> Tree.parse(JsonText.withPairedSurrogates(checked(text)), options.limits()));
  }

  private <R> R written(T value, Function<String, R> form) {
    Objects.requireNonNull(value, "value");
    try {
      return form.apply(binding.write(value));
    } catch (JsonProblem | UnreadableJsonException problem) {
      throw new IllegalArgumentException(
          "Cannot encode as schema '%s': %s.".formatted(schema, problem.getMessage()), problem);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    return read(() -> JsonText.decoded(bytes, options.limits(), options.stringLength()));
  }

  @Override
  public T fromTree(Tree tree) {
    return read(() -> checked(tree.toJson()));
  }

  @SuppressWarnings("unchecked") // the engine was bound to T
  private T read(Supplier<String> text) {
    try {
      return (T) binding.read(text.get());
    } catch (JsonProblem problem) {
      throw new CodecException(schema, problem.getMessage() + ".", problem);
    }
  }

  private String checked(String text) {
    return JsonText.checked(text, options.limits(), options.stringLength());
  }
}
