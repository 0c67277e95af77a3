const mongoose = require('mongoose');
const { Schema } = mongoose;

const productSchema = new Schema(
  {
    name: { type: String, required: [true, 'name is required'], trim: true, minlength: [2, 'too short'], maxlength: 60 },
    price: { type: Number, required: true, min: 0, max: [10000, 'too much'] },
    category: { type: String, enum: ['book', 'toy', 'food'], default: 'toy' },
    state: { type: String, enum: { values: ['new', 'used'], message: 'bad state' }, required: true },
    tags: [String],
    maker: { type: mongoose.Schema.Types.ObjectId, ref: 'Maker', required: true },
    size: { width: Number, height: { type: Number, required: true } },
    reviews: [{ author: { type: String, required: true }, stars: { type: Number, min: 1, max: 5 } }],
    released: Date,
    isLive: Boolean,
    extra: Schema.Types.Mixed,
    email: { type: 'String', match: /^\S+@\S+$/ },
    createdAt: { type: Date, default: Date.now },
  },
  { timestamps: true }
);
productSchema.pre('save', function (next) { next(); });
module.exports = mongoose.model('Product', productSchema);
