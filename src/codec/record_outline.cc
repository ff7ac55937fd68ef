#include "codec/record_outline.h"

#include <optional>

#include "codec/record_form.h"
#include "codec/record_words.h"

namespace liggare::codec {
namespace {

// Corrections may hold corrections; Cap'n Proto follows 64 pointers, and this need not.
constexpr unsigned depth_max = 16;

// Days are stored as YYYYMMDD.
std::optional<Day> day_numbered(std::uint32_t number) {
  return Day::from_date(static_cast<int>(number / 10'000), static_cast<int>(number / 100 % 100),
                        static_cast<int>(number % 100));
}

// The words of a struct: data, then pointers (Cap'n Proto, encoding).
struct Extent {
  std::size_t at = 0;
  std::size_t data = 0;
  std::size_t pointers = 0;
};

class Walk {
 public:
  explicit Walk(std::string_view words)
      : words_(words.data()), count_(words.size() / word_bytes), next_(1) {}

  bool takes(const Form& form) { return takes_structure(0, form, 0) && next_ == count_; }

 private:
  std::uint64_t word(std::size_t at) const { return load<std::uint64_t>(words_ + at * word_bytes); }

  // A word, or 0 where the struct is shorter: trailing zeros are not stored.
  template <class T>
  T value(const Extent& in, std::size_t byte) const {
    if (byte + sizeof(T) > in.data * word_bytes) return 0;
    return load<T>(words_ + in.at * word_bytes + byte);
  }

  // The object takes the next words, and there are as many.
  bool advance(std::size_t words) {
    if (words > count_ - next_) return false;
    next_ += words;
    return true;
  }

  // Where the pointer at `at` leads: offsets count from the word after it.
  std::size_t target(std::size_t at, std::uint64_t pointer) const {
    const auto offset = static_cast<std::int32_t>(static_cast<std::uint32_t>(pointer)) >> 2;
    return at + 1 + static_cast<std::size_t>(static_cast<std::ptrdiff_t>(offset));
  }

  bool takes_structure(std::size_t at, const Form& form, unsigned depth) {
    const std::uint64_t pointer = word(at);
    if ((pointer & 3) != 0 || depth == depth_max) return false;
    const Extent extent{next_, static_cast<std::uint16_t>(pointer >> 32), pointer >> 48};
    const std::size_t words = extent.data + extent.pointers;
    // The pointer to a struct without words points to itself.
    if (target(at, pointer) != (words == 0 ? at : next_) || !advance(words)) return false;
    return ends_in_data(extent) && ends_in_pointer(extent) && takes_contents(extent, form, depth);
  }

  bool ends_in_data(const Extent& extent) const {
    return extent.data == 0 || word(extent.at + extent.data - 1) != 0;
  }
  bool ends_in_pointer(const Extent& extent) const {
    return extent.pointers == 0 || word(extent.at + extent.data + extent.pointers - 1) != 0;
  }

  bool takes_contents(const Extent& extent, const Form& form, unsigned depth) {
    const std::size_t choice = form.choice_at ? value<std::uint16_t>(extent, *form.choice_at) : 0;
    if (choice >= form.layouts.size()) return false;
    const Layout& layout = form.layouts[choice];
    for (const DataForm& data : layout.data) {
      if (!takes_data(extent, data)) return false;
    }
    if (extent.pointers > layout.pointers.size()) return false;
    for (std::size_t i = 0; i < layout.pointers.size(); ++i) {
      const PointerForm& pointer = layout.pointers[i];
      const std::size_t at = extent.at + extent.data + i;
      if (i >= extent.pointers || word(at) == 0) {
        if (pointer.need == Need::required) return false;
      } else if (!takes_pointer(at, pointer, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  bool takes_data(const Extent& extent, const DataForm& form) const {
    const bool is_required = form.need == Need::required;
    switch (form.kind) {
      case DataForm::Kind::day: {
        const auto number = value<std::uint32_t>(extent, form.at);
        return number == 0 ? !is_required : day_numbered(number).has_value();
      }
      case DataForm::Kind::word: {
        const auto ordinal = value<std::uint16_t>(extent, form.at);
        return ordinal == 0 ? !is_required : ordinal <= form.word_max;
      }
      case DataForm::Kind::number:
        return is_integer(value<std::uint64_t>(extent, form.at));
      case DataForm::Kind::choice_of_number: {
        const auto choice = value<std::uint16_t>(extent, form.choice_at);
        if (choice == 0) return !is_required;
        return choice == 1 && is_integer(value<std::uint64_t>(extent, form.at));
      }
    }
    return false;
  }

  static bool is_integer(std::uint64_t number) { return number <= INT64_MAX; }

  bool takes_pointer(std::size_t at, const PointerForm& form, unsigned depth) {
    using Kind = PointerForm::Kind;
    switch (form.kind) {
      case Kind::none:
        return false;
      case Kind::text:
        return takes_text(at);
      case Kind::bytes:
        return take_list(at, 2, 1).has_value();
      case Kind::structure:
        return takes_structure(at, *form.form, depth);
      case Kind::payload:
        return takes_structure(at, payload_form(), depth);
      case Kind::texts:
        return takes_texts(at);
      case Kind::words:
        return takes_words(at, form.word_max);
      case Kind::numbers:
        return takes_numbers(at);
      case Kind::structures:
        return takes_structures(at, *form.form, depth);
    }
    return false;
  }

  struct List {
    std::size_t at = 0;
    std::size_t count = 0;
  };

  // A list of elements of so many bytes, which Cap'n Proto gives that code; padded with zeros.
  std::optional<List> take_list(std::size_t at, std::uint64_t size_code, std::size_t size) {
    const std::uint64_t pointer = word(at);
    if ((pointer & 3) != 1 || (pointer >> 32 & 7) != size_code) return std::nullopt;
    const List list{next_, pointer >> 35};
    const std::size_t bytes = list.count * size;
    if (target(at, pointer) != next_) return std::nullopt;
    if (!advance((bytes + word_bytes - 1) / word_bytes)) return std::nullopt;
    for (std::size_t i = list.at * word_bytes + bytes; i < next_ * word_bytes; ++i) {
      if (words_[i] != '\0') return std::nullopt;
    }
    return list;
  }

  bool takes_text(std::size_t at) {
    const auto list = take_list(at, 2, 1);
    return list && list->count > 0 && words_[list->at * word_bytes + list->count - 1] == '\0';
  }

  bool takes_texts(std::size_t at) {
    const auto list = take_list(at, 6, word_bytes);
    if (!list) return false;
    for (std::size_t i = 0; i < list->count; ++i) {
      if (word(list->at + i) == 0 || !takes_text(list->at + i)) return false;
    }
    return true;
  }

  bool takes_words(std::size_t at, std::uint64_t word_max) {
    const auto list = take_list(at, 3, sizeof(std::uint16_t));
    if (!list) return false;
    for (std::size_t i = 0; i < list->count; ++i) {
      const auto ordinal =
          load<std::uint16_t>(words_ + list->at * word_bytes + i * sizeof(std::uint16_t));
      if (ordinal == 0 || ordinal > word_max) return false;
    }
    return true;
  }

  bool takes_numbers(std::size_t at) {
    const auto list = take_list(at, 5, word_bytes);
    if (!list) return false;
    for (std::size_t i = 0; i < list->count; ++i) {
      if (!is_integer(word(list->at + i))) return false;
    }
    return true;
  }

  // A word that says how many elements there are and how large each is, then the elements, then
  // what they point to.
  bool takes_structures(std::size_t at, const Form& form, unsigned depth) {
    const std::uint64_t pointer = word(at);
    if ((pointer & 3) != 1 || (pointer >> 32 & 7) != 7) return false;
    if (target(at, pointer) != next_ || next_ == count_) return false;
    const std::uint64_t tag = word(next_);
    const std::size_t count = static_cast<std::uint32_t>(tag) >> 2;
    Extent element{next_ + 1, static_cast<std::uint16_t>(tag >> 32), tag >> 48};
    const std::size_t words = element.data + element.pointers;
    if ((tag & 3) != 0 || (words == 0) != (count == 0)) return false;
    if (pointer >> 35 != count * words || !advance(1 + count * words)) return false;
    bool has_data_end = count == 0;
    bool has_pointer_end = count == 0;
    for (std::size_t i = 0; i < count; ++i, element.at += words) {
      has_data_end = has_data_end || ends_in_data(element);
      has_pointer_end = has_pointer_end || ends_in_pointer(element);
      if (!takes_contents(element, form, depth)) return false;
    }
    return has_data_end && has_pointer_end;
  }

  const char* words_;
  std::size_t count_;
  std::size_t next_;  // The first word that nothing has taken yet.
};

bool is_framed(std::string_view bytes) {
  if (bytes.size() <= frame_bytes || bytes.size() % word_bytes != 0) return false;
  const auto frame = load<std::uint64_t>(bytes.data());
  return static_cast<std::uint32_t>(frame) == 0 && frame >> 32 == bytes.size() / word_bytes - 1;
}

bool names_known_stream(std::string_view subject) {
  const auto slash = subject.find('/');
  return slash != std::string_view::npos &&
         domain::stream_kind_named(subject.substr(0, slash)).has_value();
}

}  // namespace

bool is_surely_readable(std::string_view bytes) {
  if (!is_framed(bytes)) return false;
  if (!Walk(bytes.substr(frame_bytes)).takes(envelope().form)) return false;
  const StructWords root = root_of(bytes);
  return root.value<std::uint16_t>(envelope().schema_version_at) == record_schema_version &&
         is_recorded_time(root.value<std::int64_t>(envelope().recorded_at)) &&
         bytes_behind(root.pointer(envelope().salt)).size() == record_salt_bytes &&
         names_known_stream(text_behind(root.pointer(envelope().subject)));
}

std::optional<std::string_view> subject_in_place(std::string_view bytes) {
  if (!is_framed(bytes)) return std::nullopt;
  const std::string_view words = bytes.substr(frame_bytes);
  const auto root = load<std::uint64_t>(words.data());
  // A struct, right behind its pointer.
  if (static_cast<std::uint32_t>(root) != 0) return std::nullopt;
  const std::size_t data = static_cast<std::uint16_t>(root >> 32);
  const std::size_t pointers = root >> 48;
  const std::size_t at = 1 + data + envelope().subject;
  if (envelope().subject >= pointers || at >= words.size() / word_bytes) return std::nullopt;
  const auto pointer = load<std::uint64_t>(words.data() + at * word_bytes);
  // A list of bytes, ahead of its pointer.
  if ((pointer & 3) != 1 || (pointer >> 32 & 7) != 2) return std::nullopt;
  const std::size_t begin = (at + 1 + (static_cast<std::uint32_t>(pointer) >> 2)) * word_bytes;
  const std::size_t count = pointer >> 35;
  if (count == 0 || begin > words.size() || count > words.size() - begin) return std::nullopt;
  const std::string_view text = words.substr(begin, count - 1);
  if (words[begin + count - 1] != '\0' || !names_known_stream(text)) return std::nullopt;
  return text;
}

RecordOutline read_outline(std::string_view bytes) {
  const StructWords root = root_of(bytes);
  const Envelope& places = envelope();
  const StructWords data = StructWords::behind(root.pointer(places.data));
  const auto effective = root.value<std::uint32_t>(places.effective_at);
  return {text_behind(root.pointer(places.id)),
          text_behind(root.pointer(places.subject)),
          root.value<std::uint64_t>(places.version_at),
          Instant{root.value<std::int64_t>(places.recorded_at)},
          static_cast<domain::EventType>(data.value<std::uint16_t>(places.type_at)),
          *day_numbered(effective)};
}

}  // namespace liggare::codec
