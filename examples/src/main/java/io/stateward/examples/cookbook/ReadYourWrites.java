package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Stamp;
import org.jspecify.annotations.Nullable;

/** Reading on one instance what was written on another. */
final class ReadYourWrites {

  private ReadYourWrites() {}

  static String written(LayeredCache<Long, String> here, Caching.Names db, long id, String name) {
    // tag: write
    Stamp stamp = here.invalidate(id, () -> db.rename(id, name));
    String header = stamp.toString(); // into the answer, as a header, a cookie or a field
    // end
    return header;
  }

  static String read(LayeredCache<Long, String> there, long id, @Nullable String header) {
    // tag: own
    ReadOptions options =
        header == null ? ReadOptions.cached() : ReadOptions.atLeast(Stamp.parse(header));
    String name = there.get(id, options).value();
    // end
    return name;
  }

  static ReadOptions checked(String header) {
    // tag: checked
    ReadOptions options;
    try {
      options = ReadOptions.atLeast(Stamp.parse(header));
    } catch (IllegalArgumentException e) {
      options = ReadOptions.bypass(); // somebody made it up: the source is never too old
    }
    // end
    return options;
  }
}
