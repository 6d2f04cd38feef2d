package io.stateward.statemachine.durable;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Codecs of records of plain components, as a JSON library would make them. */
final class RecordCodecs {

  private RecordCodecs() {}

  static Codec<?> of(Class<?> type) {
    return TreeCodec.of(type.getSimpleName(), RecordCodecs::toTree, tree -> fromTree(type, tree));
  }

  private static Tree toTree(Object value) {
    if (value instanceof String text) {
      return Tree.of(text);
    } else if (value instanceof Number number) {
      return Tree.of(number.longValue());
    } else if (value instanceof Enum<?> constant) {
      return Tree.of(constant.name());
    } else if (value instanceof List<?> list) {
      TreeArray.Builder array = TreeArray.builder();
      list.forEach(each -> array.add(toTree(each)));
      return array.build();
    }
    TreeObject object = Tree.object();
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        object = object.plus(component.getName(), toTree(component.getAccessor().invoke(value)));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
    return object;
  }

  private static Object fromTree(Type type, Tree tree) {
    if (type == String.class) {
      return tree.asString();
    } else if (type == int.class || type == Integer.class) {
      return tree.asInt();
    } else if (type == long.class) {
      return tree.asLong();
    } else if (type instanceof ParameterizedType list) {
      List<Object> values = new ArrayList<>();
      for (Tree each : tree.asArray().elements()) {
        values.add(fromTree(list.getActualTypeArguments()[0], each));
      }
      return List.copyOf(values);
    }
    return record((Class<?>) type, tree);
  }

  private static Object record(Class<?> type, Tree tree) {
    List<Object> values = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      values.add(fromTree(component.getGenericType(), tree.at("/" + component.getName())));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
