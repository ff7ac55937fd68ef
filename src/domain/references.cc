#include "domain/references.h"

namespace liggare::domain {
namespace {

class ReferenceCheck {
 public:
  explicit ReferenceCheck(const StreamExists& exists) : exists_(exists) {}

  template <Described Struct>
  void check(const Struct& described, const std::string& path) {
    for_each_field<Struct>([&](const auto& field) {
      if (rejection_) return;
      const std::string field_path = path + "." + std::string(field.name);
      kind_ = field.refers_to;
      check_value(described.*(field.member), field_path);
    });
  }

  std::optional<Rejection> take() { return std::move(rejection_); }

 private:
  template <class Value>
  void check_value(const std::optional<Value>& value, const std::string& path) {
    if (value) check_value(*value, path);
  }
  template <class Value>
  void check_value(const std::vector<Value>& values, const std::string& path) {
    for (std::size_t i = 0; i < values.size() && !rejection_; ++i) {
      check_value(values[i], path + "[" + std::to_string(i) + "]");
    }
  }
  template <Described Struct>
  void check_value(const Struct& nested, const std::string& path) {
    check(nested, path);
  }
  void check_value(const std::string& id, const std::string& path) {
    if (!kind_) return;
    const Subject subject{*kind_, id};
    if (exists_(subject)) return;
    rejection_ = Rejection{RejectionCode::unknown_reference, path + ": " + subject.text()};
  }
  // Numbers, days and words refer to nothing; a correction's data are checked by themselves.
  template <class Other>
  requires(!Described<Other>) void check_value(const Other&, const std::string&) {}

  const StreamExists& exists_;
  std::optional<StreamKind> kind_;
  std::optional<Rejection> rejection_;
};

}  // namespace

std::optional<Rejection> check_references(const Payload& data, std::string_view path,
                                          const StreamExists& exists) {
  ReferenceCheck check(exists);
  std::visit([&](const auto& payload) { check.check(payload, std::string(path)); }, data);
  return check.take();
}

}  // namespace liggare::domain
